package dev.cachewarden.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The events whose transaction was committed, as listeners after the commit see them. */
public final class CommittedEvents implements ApplicationEventPublisher {

    private final List<Object> events = new CopyOnWriteArrayList<>();

    @Override
    public void publishEvent(Object event) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                events.add(event);
            }
        });
    }

    /** Returns the events of a type, in the order of their commits. */
    public <T> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
