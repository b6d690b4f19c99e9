/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  distDir: process.env.ONWARD_DIST ?? ".next",
  images: { unoptimized: true },
  serverExternalPackages: ["@node-rs/argon2", "pg", "pino"],
  // Types are checked by `npm run types`; TypeScript 7 has no API for the build to call.
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: 1 } },
}
