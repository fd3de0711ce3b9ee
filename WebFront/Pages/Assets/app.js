// Pages work without this file; with it they stay fresh.
import "./times.js";
