// Pages work without this file; with it they stay fresh.
import "./times.js";
import "./filters.js";
import "./select.js";
import "./keys.js";
import "./live.js";
import "./changed.js";
import "./exact.js";
import "./once.js";
