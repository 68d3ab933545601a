# Builds the function: one bundled file on a base that holds Node and nothing else.
# Tags move; a release names both bases by digest (CONTRIBUTING.md).
ARG BUILD_BASE=node:24.21.0-slim
ARG BASE=gcr.io/distroless/nodejs24-debian13:nonroot

FROM ${BUILD_BASE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
# The scripts of dependencies bring the development Node, which this image already is.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

# Compiled code is good only for the very Node that made it, so the one that will run makes it again.
FROM ${BASE} AS cache
# Only root may write where the files are to lie.
USER 0:0
COPY --from=build /src/dist/function.cjs /src/dist/start.cjs /
RUN ["/nodejs/bin/node", "--max-semi-space-size=2", "/start.cjs", "--write-cache"]

FROM ${BASE}
ENV NODE_ENV=production MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=32768
COPY --from=cache /function.cjs /start.cjs /function.cache /
# Crossplane runs functions as 2000:2000; anyone may read the files, and nothing is written.
USER 2000:2000
EXPOSE 9443 8080
ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=2", "/start.cjs"]
