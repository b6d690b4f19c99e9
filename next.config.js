/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  distDir: process.env.ONWARD_DIST ?? ".next",
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pdfkit", "pg", "pino"],
  // Types are checked by `npm run types`; TypeScript 7 has no API for the build to call.
  typescript: { ignoreBuildErrors: true },
  // A page comes with its title, not after it: a screen reader speaks it first. Next would send it later in the stream, and
  // between two pages there would be none.
  htmlLimitedBots: /.*/,
  experimental: { serverActions: { bodySizeLimit: 1 } },
}
