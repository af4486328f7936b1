# Interlock with an HAProxy of its own. scripts/image builds it: it takes the distribution (app/target/interlock) and Debian's
# packages, and nothing else.
ARG BASE=debian:trixie-slim

# A Java of just the modules that Interlock and its plugins use, or a plugin may want.
FROM $BASE AS java
ARG DEBIAN_FRONTEND=noninteractive
# Java's packages place manual pages, for which slim images have no folder.
RUN mkdir -p /usr/share/man/man1 \
    && apt-get update -q \
    && apt-get install -q -y --no-install-recommends openjdk-25-jdk-headless binutils
ARG SOURCE_DATE_EPOCH=0
RUN jlink --output /opt/java --vm server --strip-debug --no-header-files --no-man-pages --compress zip-9 \
        --add-modules java.base,java.compiler,java.instrument,java.logging,java.management,java.naming,java.net.http \
        --add-modules java.security.jgss,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.management \
        --add-modules jdk.net,jdk.unsupported,jdk.zipfs \
    # The names of functions within, for debuggers only: 5 MB.
    && strip --strip-unneeded /opt/java/lib/server/libjvm.so \
    # As Debian makes it, it has random salts; it holds nothing secret, so it needs neither them nor a password.
    && rm -f /opt/java/lib/security/cacerts \
    && keytool -importkeystore -noprompt -srckeystore /etc/ssl/certs/java/cacerts -srcstorepass changeit \
        -destkeystore /opt/java/lib/security/cacerts -deststoretype PKCS12 -deststorepass changeit \
        -J-Dkeystore.pkcs12.macAlgorithm=NONE -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE 2>/dev/null \
    && find /opt/java -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +

FROM $BASE
# Whatever would be dated now gets this date.
ARG SOURCE_DATE_EPOCH=0
ARG DEBIAN_FRONTEND=noninteractive
COPY packaging/image/settle /usr/local/sbin/settle
RUN touch /tmp/begin \
    && apt-get update -q \
    && apt-get install -q -y --no-install-recommends haproxy tini \
    && groupadd --system --gid 10001 interlock \
    && useradd --system --uid 10001 --gid interlock --home-dir /var/lib/interlock --no-create-home interlock \
    && install -d -o interlock -g interlock -m 700 /var/lib/interlock \
    && install -d -o interlock -g interlock -m 700 /run/interlock /run/engine \
    && install -d /etc/interlock \
    && ln -s /opt/interlock/bin/interlock /usr/local/bin/interlock \
    && settle
COPY --from=java /opt/java /opt/java
COPY packaging/image/health /opt/interlock/bin/health
COPY app/target/interlock /opt/interlock
ENV JAVA_HOME=/opt/java XDG_STATE_HOME=/var/lib
RUN touch /tmp/begin && /opt/interlock/libexec/train && settle

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Interlock" \
      org.opencontainers.image.description="Keeps HAProxy true to the containers that run" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION \
      org.opencontainers.image.base.name="debian:trixie-slim"

# Files of the proxy; a volume, so that the rest of the file system may be read-only.
VOLUME /var/lib/interlock
WORKDIR /var/lib/interlock
USER interlock
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 CMD ["/opt/interlock/bin/health"]
# As process 1 tini passes signals on and reaps whatever HAProxy leaves behind.
ENTRYPOINT ["/usr/bin/tini", "--", "/opt/interlock/bin/interlock"]
