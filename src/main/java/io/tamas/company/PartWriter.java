package io.tamas.company;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tamas.company.Company.Part;
import io.tamas.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes parts as people write them, the same part always in the same way: what is empty, false or
/// 0 is omitted, sets are sorted. [PartReader] reads it back.
final class PartWriter {
  private static final ObjectMapper MAPPER = mapper();

  private PartWriter() {}

  static ObjectNode tree(Part part) {
    return MAPPER.valueToTree(part);
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        Json.mapper()
            .copy()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .registerModule(new SimpleModule().addSerializer(new InOrder()));
    omit(mapper, JsonInclude.Include.NON_EMPTY, List.of(List.class, Set.class, Map.class));
    omit(mapper, JsonInclude.Include.NON_DEFAULT, List.of(boolean.class, int.class));
    return mapper;
  }

  private static void omit(
      ObjectMapper mapper, JsonInclude.Include included, List<Class<?>> types) {
    types.forEach(type ->
        mapper
            .configOverride(type)
            .setInclude(JsonInclude.Value.construct(included, JsonInclude.Include.ALWAYS)));
  }

  private static final class InOrder extends StdSerializer<Set<?>> {
    InOrder() {
      super(Set.class, false);
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, Set<?> items) {
      return items.isEmpty();
    }

    @Override
    public void serialize(Set<?> items, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartArray();
      for (Object item : items.stream().sorted().toList()) {
        provider.defaultSerializeValue(item, out);
      }
      out.writeEndArray();
    }
  }
}
