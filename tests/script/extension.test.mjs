import assert from 'node:assert/strict'
import { test } from 'node:test'
import { captureLink, instanceIn } from '../../extension/link.js'

test('an instance is a scheme, a host and a port', () => {
  for (const [typed, instance] of [
    ['https://inroad.example', 'https://inroad.example'],
    [' inroad.example/ ', 'https://inroad.example'],
    ['http://127.0.0.1:3000/contacts?x=1#y', 'http://127.0.0.1:3000'],
    ['HTTPS://Inroad.Example:8443', 'https://inroad.example:8443'],
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000/', 'http://127.0.0.1:3000'],
    ['192.168.1.5:3000', 'http://192.168.1.5:3000'],
    ['172.20.0.2', 'http://172.20.0.2'],
    ['inroad.local', 'http://inroad.local'],
    ['localhost.example', 'https://localhost.example'],
    ['172.64.0.2', 'https://172.64.0.2'],
    ['', null],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['ftp://inroad.example', null],
    ['https://me@inroad.example', null],
    ['two words', null],
  ]) assert.equal(instanceIn(typed), instance, typed)
})

test('a page is captured by its address and title, and pages of the browser are not', () => {
  const page = { url: 'https://a.example/?b=c&d=#e', title: 'Ada & Grace', id: 7 }
  const link = captureLink('https://inroad.example', page)
  assert.ok(link.startsWith('https://inroad.example/capture?'))
  const said = new URL(link).searchParams
  assert.deepEqual([...said], [['url', 'https://a.example/?b=c&d=#e'], ['title', 'Ada & Grace']])
  for (const url of ['about:blank', 'chrome://settings', 'file:///x', 'javascript:alert(1)', undefined])
    assert.equal(captureLink('https://inroad.example', { url, title: 'x' }), null)
})
