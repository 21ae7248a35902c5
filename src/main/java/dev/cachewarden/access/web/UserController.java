package dev.cachewarden.access.web;

import dev.cachewarden.access.Account;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.rest.Page;
import dev.cachewarden.rest.Paging;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for user accounts. It changes none: a token could create an account that outlives it. */
@RestController
@RequestMapping("/api/v1/users")
class UserController {

    private final Accounts accounts;

    UserController(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Returns all users, sorted by name. */
    @GetMapping
    Page<Account> listUsers(Paging paging) {
        return paging.of("users", accounts.all(), Account::name);
    }
}
