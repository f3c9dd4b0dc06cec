# Asterisk 22 and the phones for the tests: what docker/asterisk-root builds without Docker.
# The data folder of the instance is mounted at /instance.
FROM debian:forky-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      asterisk asterisk-modules asterisk-core-sounds-en-wav asterisk-moh-opsound-wav \
      espeak-ng sox libsox-fmt-base sip-tester baresip-core nftables fail2ban \
 && rm -rf /var/lib/apt/lists/*
COPY asterisk-start /usr/local/bin/
VOLUME /instance
CMD ["asterisk-start"]
