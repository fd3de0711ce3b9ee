"""The same job done plainly: FastAPI, SELECT … FOR UPDATE and a counting trigger. Only measured beside ours."""
import datetime, hashlib, json, os, threading
import pymysql
from fastapi import FastAPI, Body
from fastapi.responses import JSONResponse

app = FastAPI()
local = threading.local()
CFG = dict(host="127.0.0.1", port=int(os.environ["DB_PORT"]), user=os.environ["DB_USER"], password=os.environ["DB_PASSWORD"],
           database=os.environ["DB_NAME"], charset="utf8mb4", autocommit=False)


def conn():
    c = getattr(local, "c", None)
    if c is None:
        c = local.c = pymysql.connect(**CFG)
    return c


def key_of(l):
    parts = [l.get("rule_uid") or l.get("__alert_rule_uid__") or l.get("alertname", ""), l.get("cluster", ""),
             l.get("namespace", ""), l.get("service", ""), l.get("phase", "")]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


@app.post("/webhook/grafana")
def hook(body: dict = Body(...)):
    c = conn()
    out = []
    try:
        with c.cursor() as cur:
            for a in body["alerts"]:
                l = a.get("labels", {})
                k = key_of(l)
                cur.execute("SELECT incident_id FROM incidents WHERE incident_key=%s AND status IN ('active','acknowledged')"
                            " ORDER BY last_seen_at DESC LIMIT 1 FOR UPDATE", (k,))
                row = cur.fetchone()
                if row:
                    iid = row[0]
                    cur.execute("UPDATE incidents SET last_seen_at=NOW() WHERE incident_id=%s", (iid,))
                else:
                    iid = "INC-%s-%s" % (datetime.datetime.utcnow().strftime("%Y%m%d%H%M%S"), k)
                    cur.execute("INSERT INTO incidents(incident_id,incident_key,status,severity,phase,cluster,namespace,service)"
                                " VALUES(%s,%s,'active',%s,%s,%s,%s,%s)", (iid, k, l.get("severity"), l.get("phase"),
                                l.get("cluster"), l.get("namespace"), l.get("service")))
                cur.execute("INSERT INTO grafana_alerts(incident_id,incident_key,state,rule_uid,alertname,message,labels,annotations,raw_payload)"
                            " VALUES(%s,%s,%s,%s,%s,%s,%s,%s,%s)", (iid, k, a.get("status"), l.get("rule_uid"), l.get("alertname"),
                            a.get("annotations", {}).get("description"), json.dumps(l), json.dumps(a.get("annotations", {})), json.dumps(body)))
                out.append({"incident_id": iid, "incident_key": k})
        c.commit()
    except Exception as e:
        c.rollback()
        return JSONResponse({"status": "error", "error": str(e)}, status_code=500)
    return {"status": "success", "results": out}
