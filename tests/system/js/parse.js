// Reads one mail from standard input with npm mailparser and prints what it understood as JSON.
const { simpleParser } = require('mailparser');

simpleParser(process.stdin).then((mail) => {
	console.log(JSON.stringify({
		subject: mail.subject,
		from: mail.from && mail.from.value,
		to: mail.to && mail.to.value,
		text: mail.text,
		messageId: mail.messageId,
		inReplyTo: mail.inReplyTo,
		headers: Object.fromEntries([...mail.headers].map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)])),
		attachments: mail.attachments.map((a) => ({ name: a.filename, type: a.contentType, size: a.size })),
	}));
});
