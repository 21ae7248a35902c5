package dev.cachewarden.store;

import java.nio.file.Path;
import java.sql.DriverManager;

/** A process with an embedded server, to be killed: starts it, stores one row, says so, and waits. */
final class EmbeddedServerInChild {

    // Not static: spring-boot:test-run takes a static one for the demo's, and then finds two.
    void main(String[] args) throws Exception {
        try (var server = EmbeddedServer.start(Path.of(args[0]))) {
            try (var connection =
                            DriverManager.getConnection(server.jdbcUrl(), EmbeddedServer.USER, server.password());
                    var statement = connection.createStatement()) {
                statement.execute("create table kept (word text)");
                statement.execute("insert into kept values ('still here')");
            }
            System.out.println("READY " + server.jdbcUrl());
            System.in.read();
        }
    }
}
