FROM base
RUN sleep 0.2; cp /base /web
