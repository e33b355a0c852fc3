"""A helpdesk that opens a ticket for every mail and answers each, without a single header that says so: no Auto-Submitted, no Precedence, no null
sender. The partner that loops are made with."""
import email
import email.policy
import email.utils
import smtplib
import threading

from .smtp_sink import SmtpSink

TEXT = "Dear customer,\n\nthank you for your message. It has reached us as case {number} and one of our staff will look at it.\n\nYour Parts Team\n"


class DumbHelpdesk:
    """subject and in_reply_to say how it answers: "kept" repeats our subject behind its number, "own" has one of its own.
    The answers go through the mail server at relay_port, which is set before mail comes."""

    def __init__(self, address, subject="kept", in_reply_to=False):
        self.address, self.subject, self.in_reply_to = address, subject, in_reply_to
        self.relay_port = None
        self.sent = 0
        self.sink = SmtpSink(on_data=self.take)
        self.port = self.sink.port

    @property
    def received(self):
        return len(self.sink.accepted)

    def take(self, recipients, data):
        threading.Thread(target=self.answer, args=(email.message_from_bytes(data, policy=email.policy.default),), daemon=True).start()
        return "250 2.0.0 taken"

    def answer(self, came):
        self.sent += 1
        number = 88000 + self.sent
        m = email.message.EmailMessage()
        m["From"] = f"Parts Team <{self.address}>"
        m["To"] = str(came["Reply-To"] or came["From"])
        m["Subject"] = f"[Case {number}] {came['Subject']}" if self.subject == "kept" else f"Case {number} opened"
        m["Date"] = email.utils.formatdate()
        m["Message-ID"] = email.utils.make_msgid(domain="parts.example.org")
        if self.in_reply_to:
            m["In-Reply-To"] = m["References"] = str(came["Message-ID"])
        m.set_content(TEXT.format(number=number))
        with smtplib.SMTP("127.0.0.1", self.relay_port, timeout=20) as smtp:
            smtp.send_message(m, from_addr=self.address, to_addrs=[email.utils.parseaddr(m["To"])[1]])

    def begin(self, to):
        """The first mail of the exchange."""
        m = email.message.EmailMessage(policy=email.policy.SMTP)
        m["Subject"], m["From"], m["Message-ID"] = "Spare part 4711", to, email.utils.make_msgid(domain="x.example.org")
        m.set_content("x")
        self.answer(m)

    def stop(self):
        self.sink.stop()
