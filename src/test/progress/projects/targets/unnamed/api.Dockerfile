FROM targets-tools:1
COPY nonce /src/nonce
RUN sleep 0.5; cp /src/nonce /api
