"""Runs a command on a pseudo-terminal, types each answer when output pauses, prints everything and the status."""
import json, os, pty, select, sys

answers = json.loads(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
shown = False
while True:
    ready, _, _ = select.select([terminal], [], [], 0.7)
    if not ready:
        if shown and answers:
            os.write(terminal, answers.pop(0).encode())
            shown = False
        continue
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    shown = True
    sys.stdout.buffer.write(data)
_, status = os.waitpid(pid, 0)
print(f"\nexit {os.waitstatus_to_exitcode(status)}")
