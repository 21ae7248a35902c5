package dev.cachewarden.dashboard.build;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** An address with a query. Whatever stands in a value is escaped. */
final class Address {

    private record Parameter(String name, Object value) {}

    private final String path;
    private final List<Parameter> parameters;

    private Address(String path, List<Parameter> parameters) {
        this.path = path;
        this.parameters = List.copyOf(parameters);
    }

    static Address to(String path) {
        return new Address(path, List.of());
    }

    /** The same with one more parameter, unless its value is null. */
    Address with(String name, @Nullable Object value) {
        if (value == null) {
            return this;
        }
        var more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return new Address(path, more);
    }

    @Override
    public String toString() {
        var link = UriComponentsBuilder.fromPath(path);
        for (int i = 0; i < parameters.size(); i++) {
            // As a variable, so that a value is escaped whatever stands in it.
            link.queryParam(parameters.get(i).name(), "{v" + i + "}");
        }
        return link.encode()
                .buildAndExpand(parameters.stream().map(Parameter::value).toArray())
                .toUriString();
    }
}
