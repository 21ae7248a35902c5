package dev.cachewarden.dashboard.build;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** A URL with query parameters. All values are escaped. */
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

    /** Returns this URL with an additional parameter, or unchanged if the value is null. */
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
            // As a variable, so that any value is escaped.
            link.queryParam(parameters.get(i).name(), "{v" + i + "}");
        }
        return link.encode()
                .buildAndExpand(parameters.stream().map(Parameter::value).toArray())
                .toUriString();
    }
}
