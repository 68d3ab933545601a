# Builds the function: one bundled file on a base that holds Node and nothing else.
FROM node:24.21.0-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# The scripts of dependencies bring the development Node, which this image already is.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

FROM gcr.io/distroless/nodejs24-debian13:nonroot
# One allocation arena: the work is single-threaded, and each further arena keeps memory of its own.
ENV NODE_ENV=production MALLOC_ARENA_MAX=1
COPY --from=build /src/dist/function.cjs /function.cjs
# Crossplane runs functions as 2000:2000; anyone may read the file, and nothing is written.
USER 2000:2000
EXPOSE 9443 8080
ENTRYPOINT ["/nodejs/bin/node", "/function.cjs"]
