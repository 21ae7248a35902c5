FROM targets-box:1 AS worker
WORKDIR /app
COPY nonce .
RUN sleep 0.5; cp nonce out
RUN sleep 0.3; cp out api

FROM targets-box:1 AS run
COPY --from=worker /app/api /app/api
