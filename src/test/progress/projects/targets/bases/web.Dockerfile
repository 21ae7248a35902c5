FROM targets-box:1 AS deps
WORKDIR /app
RUN sleep 0.3; cat /proc/sys/kernel/random/boot_id > deps

FROM targets-box:1 AS serve
WORKDIR /app
COPY --from=deps /app/deps .
COPY nonce .
