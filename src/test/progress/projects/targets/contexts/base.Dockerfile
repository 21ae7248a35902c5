FROM targets-box:1
COPY nonce /nonce
RUN sleep 0.4; cp /nonce /base
