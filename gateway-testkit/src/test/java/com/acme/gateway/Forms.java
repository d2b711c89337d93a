package com.acme.gateway;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Acme writes everything as a form: {@code id=ch_1&status=paid}. */
final class Forms {
  private Forms() {}

  static String write(Map<String, String> form) {
    return new TreeMap<>(form)
        .entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** The fields of a form; throws {@link IllegalArgumentException} if it is none. */
  static Map<String, String> read(String text) {
    Map<String, String> form = new TreeMap<>();
    for (String field : text.split("&")) {
      String[] pair = field.split("=", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException("no form");
      }
      form.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
