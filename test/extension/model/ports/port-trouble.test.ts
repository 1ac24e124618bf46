import { expect, test } from "vitest";
import { portsSaidTaken } from "../../../../extension/model/ports/port-trouble.ts";

test.each<[string, string, number[]]>([
  [
    "Node",
    "Error: listen EADDRINUSE: address already in use :::3000\n  code: 'EADDRINUSE',\n  port: 3000",
    [3000],
  ],
  ["Node on one address", "Error: listen EADDRINUSE: address already in use 127.0.0.1:3001", [3001]],
  ["Vite", "Error: Port 5173 is already in use", [5173]],
  [
    "uvicorn",
    "ERROR: [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use",
    [8000],
  ],
  ["gunicorn", "[ERROR] Connection in use: ('0.0.0.0', 8001)\nAddress already in use", [8001]],
  ["Flask", "Address already in use\nPort 5000 is in use by another program.", [5000]],
  ["Go", "listen tcp :8080: bind: address already in use", [8080]],
  ["Rails", "Address already in use - bind(2) for 127.0.0.1:3000 (Errno::EADDRINUSE)", [3000]],
  ["Ruby", 'Address already in use - bind(2) for "127.0.0.1" port 9292 (Errno::EADDRINUSE)', [9292]],
  ["nginx", "nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)", [80]],
  ["Spring", "Web server failed to start. Port 8082 was already in use.", [8082]],
  ["PHP", "Failed to listen on localhost:8003 (reason: Address already in use)", [8003]],
  [".NET", "Failed to bind to address http://127.0.0.1:5001: address already in use.", [5001]],
  ["Django, which names none", "Error: That port is already in use.", []],
  ["Rust, which names none", "Address already in use (os error 98)", []],
  ["another trouble", "Error: connect ECONNREFUSED 127.0.0.1:5432", []],
  ["a line far away", "listening on port 3000\na\nb\nError: That port is already in use.", []],
])("%s says which port it could not get", (_what, text, ports) => {
  expect(portsSaidTaken(text)).toEqual(ports);
});
