import { expect, test } from "vitest";
import { wantedPorts } from "../../../daemon/core/wanted-ports.ts";

test.each<[string, number[]]>([
  ["npm run dev -- --port 3000", [3000]],
  ["vite --port=5173 --strictPort", [5173]],
  ["next dev -p 3001", [3001]],
  ["gunicorn -b 0.0.0.0:8000 app:app", [8000]],
  ["gunicorn --bind :8001 app:app", [8001]],
  ["uvicorn app:app --host 0.0.0.0 --port 8002", [8002]],
  ["python3 -m http.server 8003 --bind 127.0.0.1", [8003]],
  ["python manage.py runserver 0.0.0.0:8004", [8004]],
  ["php -S localhost:8005 -t public", [8005]],
  ["bash -c 'PORT=8006 npm start'", [8006]],
  ["java -jar app.jar --server.port=8007", [8007]],
  ["web --listen=[::1]:8008", [8008]],
  ["ng serve --port 4200 --port 4200", [4200]],
  ["mkdir -p 700/x", []],
  ["sleep 1000", []],
  ["worker --port-file x --support 12 --port 99999 --port 0", []],
])("%s listens on %j", (command, ports) => {
  expect(wantedPorts(command, {})).toEqual(ports);
});

test("the variable PORT tells it, and those of other servers do not", () => {
  expect(wantedPorts("npm start", { PORT: "3000", DB_PORT: "5432", HTTP_PORT: "no" })).toEqual([3000]);
});
