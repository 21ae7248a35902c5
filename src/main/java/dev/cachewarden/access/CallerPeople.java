package dev.cachewarden.access;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.People;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the account behind a session or a token. */
@Component
class CallerPeople implements People {

    private static final String TOKEN_NAME = "token ";

    /** A token may have been made with a token. */
    private static final int LONGEST_CHAIN = 20;

    private final JdbcClient jdbc;

    CallerPeople(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String accountOf(Caller caller) {
        String name = caller.token() == null
                ? caller.name()
                : makerOfPrefix(caller.token()).orElse(caller.name());
        for (int i = 0; i < LONGEST_CHAIN && name.startsWith(TOKEN_NAME); i++) {
            var maker = makerOfName(name.substring(TOKEN_NAME.length()));
            if (maker == null) {
                return name;
            }
            name = maker;
        }
        return name;
    }

    private Optional<String> makerOfPrefix(String prefix) {
        return jdbc.sql("select created_by from api_token where prefix = ?")
                .param(prefix)
                .query(String.class)
                .optional();
    }

    /** Null: no token has the name, or several people made one of it. */
    private @Nullable String makerOfName(String name) {
        var makers = jdbc.sql("select distinct created_by from api_token where name = ?")
                .param(name)
                .query(String.class)
                .list();
        return makers.size() == 1 ? makers.getFirst() : null;
    }

    @Override
    public boolean anotherMayPrune(String account) {
        return jdbc.sql("select exists (select 1 from app_user where name <> ? and role in ('OPERATOR', 'ADMIN'))")
                .param(account)
                .query(Boolean.class)
                .single();
    }
}
