FROM targets-tools:1 AS compile
COPY nonce /src/nonce
RUN sleep 0.5; cp /src/nonce /src/api

FROM targets-box:1
WORKDIR /srv
COPY --from=compile /src/api .
