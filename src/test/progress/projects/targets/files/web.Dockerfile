FROM targets-box:1 AS assets
WORKDIR /src
COPY nonce .
RUN sleep 0.4; cat nonce > assets

FROM targets-tools:1
COPY --from=assets /src/assets /srv/assets
RUN sleep 0.2; ls /srv
