# syntax=docker/dockerfile:1
# Every service of naru in one image; docker-compose.yml and deploy/helm say which one a container runs. The steps of the
# build stage are deploy/image.sh, which test/deploy runs without an engine.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY deploy/image.sh deploy/
RUN deploy/image.sh dependencies
COPY . .
RUN deploy/image.sh build /naru

FROM ${NODE_IMAGE} AS naru
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
COPY --from=build /naru /naru
# Volumes that are mounted here begin with this owner. The state is a container's own: scratch tables, not to be shared.
RUN mkdir -p /data/state && chown -R 65532:65532 /data && ln -s /naru/cli/bootstrap.mjs /usr/local/bin/naru
WORKDIR /data
ENV NODE_ENV=production NARU_TRANSPORT=kafka NARU_OUT=/data NARU_METRICS_PORT=9464 NARU_METRICS_HOST=0.0.0.0 HOME=/tmp
USER 65532:65532
EXPOSE 9464
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["node", "/naru/deploy/probe.mjs"]
# tini reaps and hands signals on: SIGTERM lets a service finish what it has in hand, commit, and leave its group.
ENTRYPOINT ["/usr/bin/tini", "--", "node", "/naru/cli/bootstrap.mjs"]
CMD ["--help"]

# For the trainer on a GPU: the same, with CUDA 12 and cuDNN 9 from NVIDIA's image and onnxruntime's CUDA files.
FROM nvidia/cuda:12.8.1-cudnn-runtime-ubuntu24.04 AS naru-gpu
COPY --from=naru /usr/bin/tini /usr/bin/tini
COPY --from=naru /usr/local/bin/node /usr/local/bin/node
COPY --from=naru /naru /naru
RUN NARU_TRANSPORT=embedded node /naru/cli/bootstrap.mjs engines add cuda && mkdir -p /data/state && chown -R 65532:65532 /data
WORKDIR /data
ENV NODE_ENV=production NARU_TRANSPORT=kafka NARU_OUT=/data NARU_METRICS_PORT=9464 NARU_METRICS_HOST=0.0.0.0 HOME=/tmp
USER 65532:65532
EXPOSE 9464
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["node", "/naru/deploy/probe.mjs"]
ENTRYPOINT ["/usr/bin/tini", "--", "node", "/naru/cli/bootstrap.mjs"]
CMD ["--help"]

# What `docker build .` makes without --target.
FROM naru
