"""python_email.py FILE - the other yardstick of reading mail: Python's `email` package does what bare_gmime does. Prints mails a second."""
import email
import email.policy
import sys
import time

data, mails = open(sys.argv[1], "rb").read(), []
at = 0
while at < len(data):
    end = data.index(b"\n", at)
    mails.append(data[end + 1:end + 1 + int(data[at:end])])
    at = end + 1 + len(mails[-1])

from_s = time.process_time()
for raw in mails:
    m = email.message_from_bytes(raw, policy=email.policy.default)
    for part in (lambda: m["Subject"], lambda: m["From"], lambda: m["Message-ID"], lambda: m["Date"],
                 lambda: [p.get_content() for p in m.walk() if p.get_content_maintype() == "text"]):
        try:
            part()
        except Exception:               # it does not read everything: that counts for it here
            pass
print(f"{len(mails) / (time.process_time() - from_s):.0f}")
