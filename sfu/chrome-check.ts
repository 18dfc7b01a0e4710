import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { startTestSfu, TestSignaling } from './src/testing/test-sfu.ts';
const { outputFiles } = await build({ entryPoints: ['/tmp/chrome-check/page.js'], bundle: true, write: false, format: 'iife', nodePaths: ['/work/main/node_modules'] });
const js = outputFiles[0].text;
const web = createServer((q, r) => { r.setHeader('content-type', 'text/html'); r.end(`<body><script>${js.replaceAll('</script','<\\/script')}</script>`); }).listen(0);
const port = web.address().port;
import { observer } from 'mediasoup';
const T0 = performance.now(); const trace = []; const note = (x) => trace.push([Math.round(performance.now() - T0), x]);
observer.on('newworker', (w) => w.observer.on('newrouter', (r) => r.observer.on('newtransport', (t) => { t.observer.on('newproducer', (p) => { if (p.kind === 'video') { void p.enableTraceEvent(['pli', 'keyframe']); const seen = new Map(); p.on('trace', (e) => { if (e.type === 'pli') note('PLI ' + (e.info.ssrc ?? '')); else { const k = e.info.rtpPacket.ssrc + ':' + e.info.rtpPacket.timestamp; if (!seen.has(k)) { seen.set(k, 1); note('KF ' + e.info.rtpPacket.ssrc ); } } }); } });
 t.observer.on('newconsumer', (c) => { if (c.kind === 'video' || c.type==='pipe') { if (c.type==='pipe') note('ASKER'); c.observer.on('resume', () => note('resume ' + c.id.slice(0, 4))); c.observer.on('layerschange', (l) => note('layers ' + c.id.slice(0, 4) + ' ' + JSON.stringify(l?.spatialLayer))); } }); })));
const sfu = await startTestSfu();
const sig = await TestSignaling.connect(sfu.url);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--use-fake-device-for-media-stream','--use-fake-ui-for-media-stream','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
async function page() { const p = await (await browser.newContext()).newPage(); await p.exposeFunction('rpc', (e, d) => sig.ask(e, d)); p.on('console', (m) => console.log('page', m.text())); await p.goto(`http://127.0.0.1:${port}/`); return p; }
const roomId = randomUUID();
const seats = Array.from({ length: 12 }, () => ({ roomId, seatId: randomUUID() }));
const doctor = await page();
console.log('doctor', await doctor.evaluate(([s]) => window.go(s, { send: true }), [seats[0]]));
const patient = await page();
console.log('patient', await patient.evaluate(([s]) => window.go(s, { send: true }), [seats[1]]));
await doctor.evaluate(() => window.join()); await doctor.evaluate(() => window.unmute());
await new Promise((r) => setTimeout(r, 3000));
console.log('states', sig.seen('transport:state').map((s) => s.direction + ':' + s.state).join(' '));
console.log('patient first frame', await patient.evaluate(() => window.join()));
for (let i = 0; i < 5; i++) { await new Promise((r) => setTimeout(r, 700)); console.log('width', await patient.evaluate(() => window.width())); }
// storm: several viewers, each rejoining, 50 ms apart
const viewers = [];
for (const s of seats.slice(2, 7)) { const p = await page(); await p.evaluate(([x]) => window.go(x, { send: false }), [s]); viewers.push(p); }
const first = []; for (const v of viewers) { first.push(v.evaluate(() => window.join())); await new Promise((r) => setTimeout(r, 50)); }
console.log('viewers first', JSON.stringify(await Promise.all(first)));
await new Promise((r) => setTimeout(r, 4000));
const waits = []; const pending = [];
const rounds = Number(process.env.ROUNDS ?? 20);
for (let i = 0; i < rounds; i++) { for (const v of viewers) { pending.push(v.evaluate(() => window.rejoin()).then((w) => { note('FRAME after ' + Math.round(w[0])); waits.push(w); })); await new Promise((r) => setTimeout(r, 50)); } await Promise.all(pending.splice(0)); await new Promise((r) => setTimeout(r, Math.random() * 300)); }
const ms = waits.map(([m]) => m).sort((a, b) => a - b);
if (process.env.TRACE) { console.log(trace.map(([a, b]) => a + ' ' + b).join('\n')); } console.log('rejoins', ms.length, 'p50', ms[ms.length >> 1], 'p95', ms[Math.floor(ms.length * .95)], 'max', ms.at(-1), 'over 500:', ms.filter((m) => m > 500).length, 'widths', [...new Set(waits.map(([, w]) => w))]);
await patient.evaluate(() => window.bye());
await new Promise((r) => setTimeout(r, 500));
console.log('states', sig.seen('transport:state').filter((s) => s.seatId === seats[1].seatId).map((s) => s.direction + ':' + s.state).join(' '));
await browser.close(); sig.close(); await sfu.close(); web.close();
