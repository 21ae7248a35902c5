package dev.cachewarden.run.store;

import dev.cachewarden.plan.ApprovalSettings;
import dev.cachewarden.plan.ApprovalSettings.By;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.CallerAccounts;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.Approval;
import org.springframework.stereotype.Component;

/** The decision on who may approve a run. */
@Component
class Approvals {

    private final ApprovalSettings settings;
    private final CallerAccounts accounts;

    Approvals(ApprovalSettings settings, CallerAccounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    Approval of(RunView run, Caller caller) {
        var requested = run.request().by();
        var requester = accounts.accountOf(new Caller(requested.name(), requested.token(), requested.address()));
        if (settings.by() == By.ANYONE || !requester.equals(accounts.accountOf(caller))) {
            return new Approval(true, null);
        }
        boolean another = accounts.anotherMayPrune(requester);
        if (another) {
            return new Approval(false, requester + " requested this run. Another user must approve it.");
        }
        return settings.by() == By.ANOTHER_IF_ANY
                ? new Approval(
                        true,
                        "You requested this run. You can approve it yourself because no other user can approve runs.")
                : new Approval(
                        false,
                        requester
                                + " requested this run, and no other user can approve it. Add a user with the role"
                                + " operator, or set cachewarden.approval.by to ANYONE.");
    }
}
