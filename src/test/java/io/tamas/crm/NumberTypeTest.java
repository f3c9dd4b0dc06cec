package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberTypeTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "'', OTHER",
        "mobile, MOBILE",
        "Cell phone, MOBILE",
        "موبایل, MOBILE",
        "موبايل ۲, MOBILE",
        "تلفن همراه, MOBILE",
        "جوّال, MOBILE",
        "Cep telefonu, MOBILE",
        "Мобильный, MOBILE",
        "моб., MOBILE",
        "Work, WORK",
        "محل کار, WORK",
        "محل كار, WORK",
        "دفتر مرکزی, WORK",
        "مكتب, WORK",
        "İş, WORK",
        "İŞYERİ, WORK",
        "рабочий, WORK",
        "منزل, HOME",
        "المنزل, HOME",
        "بيت, HOME",
        "Ev, HOME",
        "домашний, HOME",
        "Fax, FAX",
        "work fax, FAX",
        "نمابر دفتر, FAX",
        "فاكس, FAX",
        "факс, FAX",
        "reception, OTHER",
        "workshop, OTHER",
        "کارخانه, OTHER",
      })
  void aLabelSaysWhatANumberIsInAnyLanguageOfTheOffice(String label, NumberType type) {
    assertEquals(type, NumberType.ofLabel(label));
  }
}
