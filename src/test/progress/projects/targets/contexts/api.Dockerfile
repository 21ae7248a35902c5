FROM targets-tools:1 AS compile
RUN sleep 0.3; echo api > /api

FROM base
COPY --from=compile /api /api
