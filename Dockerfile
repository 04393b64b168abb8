# Inroad in an image: one binary on a base without a shell, run by a user without rights.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN SQLX_OFFLINE=true cargo build --profile dist --locked --bin inroad

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /src/target/dist/inroad /usr/local/bin/inroad
COPY --from=build /src/LICENSE /usr/share/doc/inroad/LICENSE
ENV INROAD_LISTEN=0.0.0.0:3000
ENV INROAD_DATA_DIR=/var/lib/inroad
USER 65532:65532
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["/usr/local/bin/inroad", "doctor", "--healthcheck"]
ENTRYPOINT ["/usr/local/bin/inroad"]
CMD ["serve"]
