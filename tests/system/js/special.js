// What only a browser can tell: node special.js proof URL | frame PAGE. Prints JSON.
//   proof   waits for the script's answer, sends the form, and once more without script
//   frame   opens a page of another site that holds the form in a frame: is it shown?
const { chromium } = require('playwright-core');

async function fill(page) {
	await page.fill('[name=subject]', 'proved');
	await page.fill('[name=text]', 'text');
	await page.fill('[name=contact]', 'ann@customers.example.net');
	await Promise.all([page.waitForNavigation(), page.click('button[type=submit]')]);
	return { title: await page.innerText('h1'), alert: await page.locator('.alert').count(), subject: await page.locator('[name=subject]').count() };
}

async function proof(browser, url) {
	const told = [];
	const page = await browser.newPage();
	page.on('console', (message) => told.push(message.text()));
	await page.goto(url);
	await page.waitForFunction(() => document.getElementById('form').elements.work.value !== '');
	const scripted = await fill(page);
	const context = await browser.newContext({ javaScriptEnabled: false });
	const plain = await context.newPage();
	await plain.goto(url);
	const early = await fill(plain);
	await plain.waitForTimeout(3000);
	const late = await fill(plain);
	return { told, scripted, early, late };
}

async function frame(browser, url) {
	const page = await browser.newPage();
	const told = [];
	page.on('console', (message) => told.push(message.text()));
	await page.goto(url, { waitUntil: 'load' });
	const inner = page.frames().find((f) => f !== page.mainFrame());
	const shown = await inner.locator('form#form').count();
	return { shown, told };
}

async function main() {
	const browser = await chromium.launch({
		executablePath: '/usr/bin/chromium',
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	const [what, url] = process.argv.slice(2);
	console.log(JSON.stringify(await { proof, frame }[what](browser, url)));
	await browser.close();
}

main().catch((error) => { console.error(error); process.exit(1); });
