// Reads mails from standard input, a JSON list of base64, with npm mailparser and prints what it understood of each as a JSON list.
const fs = require('fs');
const { simpleParser } = require('mailparser');

async function main() {
	const read = [];
	for (const mail of JSON.parse(fs.readFileSync(0, 'utf8'))) {
		const m = await simpleParser(Buffer.from(mail, 'base64'));
		read.push({ subject: m.subject, text: m.text, html: Boolean(m.html), from: m.from.value, to: m.to.value, messageId: m.messageId, inReplyTo: m.inReplyTo,
			automatic: m.headers.get('auto-submitted'), attachments: m.attachments.length });
	}
	console.log(JSON.stringify(read));
}

main().catch((error) => { console.error(error); process.exit(1); });
