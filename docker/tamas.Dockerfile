# Tamas, from target/tamas.jar, which is built here where it is missing or older than its sources. The context is the
# folder above.
FROM debian:forky-slim AS build
WORKDIR /tamas
COPY tamas pom.xml ./
COPY src/main src/main
COPY pom.xml targe[t]/tamas.jar target/
COPY pom.xml targe[t]/lib/*.jar target/lib/
RUN if [ ! -f target/tamas.jar ] || [ -n "$(find src/main pom.xml -type f -newer target/tamas.jar -print -quit)" ]; then \
      mkdir -p /usr/share/man/man1 \
      && apt-get update \
      && apt-get install -y --no-install-recommends openjdk-25-jdk-headless maven \
      && ./tamas version; \
    fi

FROM debian:forky-slim
# its installation links manual pages, whose folder a slim image may lack
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && apt-get install -y --no-install-recommends openjdk-25-jre-headless espeak-ng sox libsox-fmt-base \
 && rm -rf /var/lib/apt/lists/*
ENV TAMAS_HOME=/tamas TAMAS_DATA=/instance MALLOC_ARENA_MAX=2 LANG=C.UTF-8
WORKDIR /tamas
COPY asterisk-conf asterisk-conf
COPY dialplan dialplan
COPY docker/tamas-run /usr/local/bin/tamas
COPY docker/setup docker/setup
COPY --from=build /tamas/target/lib/*.jar lib/
COPY --from=build /tamas/target/tamas.jar tamas.jar
VOLUME /instance
CMD ["tamas", "serve", "--config", "/instance/tamas.yaml"]
