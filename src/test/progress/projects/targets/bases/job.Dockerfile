FROM targets-box:1
WORKDIR /app
COPY nonce .
RUN sleep 0.5; cp nonce job
