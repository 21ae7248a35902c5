FROM targets-tools:1
WORKDIR /job
COPY nonce .
RUN sleep 0.3; cp nonce job
