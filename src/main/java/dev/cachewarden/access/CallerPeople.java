package dev.cachewarden.access;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.People;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the account of a session or a token. */
@Component
class CallerPeople implements People {

    private static final String TOKEN_NAME = "token ";

    private final JdbcClient jdbc;

    CallerPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String accountOf(Caller caller) {
        if (caller.token() != null) {
            return ownerOf("prefix", caller.token()).orElse(caller.name());
        }
        return caller.name().startsWith(TOKEN_NAME)
                ? ownerOf("name", caller.name().substring(TOKEN_NAME.length())).orElse(caller.name())
                : caller.name();
    }

    /** Returns the owner of the matching token, or empty if no token matches or tokens of several accounts do. */
    private Optional<String> ownerOf(String column, String value) {
        var owners = jdbc.sql("select distinct owner from api_token where owner is not null and " + column + " = ?")
                .param(value)
                .query(String.class)
                .list();
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }

    @Override
    public boolean anotherMayPrune(String account) {
        return jdbc.sql("select exists (select 1 from app_user where name <> ? and role in ('OPERATOR', 'ADMIN'))")
                .param(account)
                .query(Boolean.class)
                .single();
    }
}
