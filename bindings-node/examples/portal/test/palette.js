// A screenshot in few bytes: pages have few colours, so a palette of those that
// are there most, each other pixel as the nearest of them.

import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])

/** A PNG of 8-bit RGB or RGBA, as a browser makes it, with at most so many colours. */
export function withPalette (png, most = 64) {
  const { width, height, channels, rows } = read(png)
  const counts = new Map()
  for (let at = 0; at < rows.length; at += channels) {
    const colour = rows.readUIntBE(at, 3)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = [...counts].sort(([, a], [, b]) => b - a).slice(0, most).map(([colour]) => colour)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  for (const colour of counts.keys()) if (!places.has(colour)) places.set(colour, nearest(palette, colour))
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lines[y * (width + 1) + x + 1] = places.get(rows.readUIntBE((y * width + x) * channels, 3))
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.concat(palette.map((colour) => Buffer.from([colour >> 16, colour >> 8 & 255, colour & 255])))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', colours), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}

function nearest (palette, colour) {
  let [best, least] = [0, Infinity]
  for (const [place, other] of palette.entries()) {
    const far = [16, 8, 0].reduce((sum, bits) => sum + ((colour >> bits & 255) - (other >> bits & 255)) ** 2, 0)
    if (far < least) [best, least] = [place, far]
  }
  return best
}

function chunk (kind, data) {
  const named = Buffer.concat([Buffer.from(kind), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

/** The pixels, without the filters of their lines. */
function read (png) {
  const parts = []
  let head
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const kind = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, at + 8 + length)
    if (kind === 'IHDR') head = data
    if (kind === 'IDAT') parts.push(data)
    at += 12 + length
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const channels = { 2: 3, 6: 4 }[head[9]]
  if (head[8] !== 8 || !channels || head[12] !== 0) throw new Error('not a PNG as a browser makes it')
  const stride = width * channels
  const raw = inflateSync(Buffer.concat(parts))
  const rows = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x >= channels ? rows[y * stride + x - channels] : 0
      const up = y > 0 ? rows[(y - 1) * stride + x] : 0
      const corner = x >= channels && y > 0 ? rows[(y - 1) * stride + x - channels] : 0
      const guess = [0, left, up, (left + up) >> 1, filter === 4 ? paeth(left, up, corner) : 0][filter]
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess & 255
    }
  }
  return { width, height, channels, rows }
}

function paeth (left, up, corner) {
  const guess = left + up - corner
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one))
  return a <= b && a <= c ? left : b <= c ? up : corner
}
