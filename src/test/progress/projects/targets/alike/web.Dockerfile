FROM targets-box:1 AS build
WORKDIR /app
COPY nonce .
RUN sleep 0.5; cp nonce out
RUN sleep 0.2; cp out web
