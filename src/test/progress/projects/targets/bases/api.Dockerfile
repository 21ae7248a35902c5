FROM targets-box:1 AS go
WORKDIR /app
COPY nonce .
RUN sleep 0.4; cp nonce api

FROM targets-tools:1 AS slim
COPY --from=go /app/api /srv/api
