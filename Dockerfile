# The published package, ready to run:
#   docker build --build-arg VERSION=1.0.0 --tag wxnotify .
#   docker run --rm --volume "$PWD:/work" wxnotify run scenarios --target http://host.docker.internal:8080/notify
FROM node:22-slim

ARG VERSION=latest
RUN npm install --global --no-audit --no-fund "wxnotify@${VERSION}" && npm cache clean --force

# Anybody may run it (--user "$(id -u)"): a user who is not in the image has no home folder for the journal.
ENV WXNOTIFY_STATE=/tmp/wxnotify
WORKDIR /work
RUN chown 1000:1000 /work
USER 1000:1000
ENTRYPOINT ["wxnotify"]
CMD ["--help"]
