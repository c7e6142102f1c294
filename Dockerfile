# Two stages: the compiler stays behind, the program goes on. CI does not build this image (it pulls nothing but packages),
# so whoever changes it builds it once by hand:
#
#   docker build -t greenroom .
#   docker run -d --name greenroom -p 127.0.0.1:8080:8080 -v greenroom:/data \
#     -v /etc/greenroom:/etc/greenroom:ro greenroom

FROM rust:1.95-slim-bookworm AS build
WORKDIR /source
COPY . .
# gcc, for SQLite and ring, is in the image; no OpenSSL and no cmake are needed.
RUN cargo build --locked --release

FROM debian:bookworm-slim
# Certificate roots and time zones are inside the program, so nothing is installed here.
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin greenroom \
  && install -d -o greenroom -g greenroom -m 0700 /data
COPY --from=build /source/target/release/greenroom /usr/local/bin/greenroom
USER greenroom
WORKDIR /data
VOLUME /data
# These win over the settings file: in a container the program listens to the outside and keeps everything in the volume.
ENV GREENROOM_WEB__LISTEN=0.0.0.0:8080 \
  GREENROOM_DATABASE__URL=sqlite:///data/greenroom.db \
  GREENROOM_MEDIA__URL=file:///data/media
EXPOSE 8080
# `/readyz` answers `ready` while the database does; a shell asks, as there is no curl here.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["bash", "-c", \
  "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '^ready' <&3"]
# SIGTERM lets the program finish what it holds; give it time for an upload: docker stop --time 600.
ENTRYPOINT ["greenroom"]
CMD ["run", "--config", "/etc/greenroom/greenroom.toml"]
