FROM targets-box:1
COPY nonce /src/nonce
RUN sleep 0.4; cp /src/nonce /web

FROM targets-tools:1
COPY --from=0 /web /web
RUN sleep 0.2; ls /web
