# Asterisk 22 and the phones of the tests, as docker/asterisk-root makes them without an engine.
# The data folder of the instance is mounted at /instance; the network is the machine's.
FROM debian:forky-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      asterisk asterisk-modules asterisk-core-sounds-en-wav asterisk-moh-opsound-wav \
      espeak-ng sox libsox-fmt-base sip-tester baresip-core \
 && rm -rf /var/lib/apt/lists/*
VOLUME /instance
CMD ["asterisk", "-f", "-C", "/instance/asterisk/etc/asterisk.conf"]
