"""The demonstration in Chinese."""

# needs-native-review
# ruff: noqa: E501 (whole texts, one a line)
WORDS = {
    "Informal interactive dialogue on the responsibility to protect": "保护责任问题非正式互动对话",
    "Mobilizing collective action: the next decade of the responsibility to protect": "动员集体行动：保护责任的下一个十年",
    "States, regional organizations and civil society take up the Secretary-General’s report A/70/999–S/2016/620 and what the next ten years should bring.": "各国、区域组织和民间社会审议秘书长报告A/70/999–S/2016/620以及今后十年应有的成果。",
    "Trusteeship Council Chamber": "托管理事会会议厅",
    "Headquarters": "总部",
    "New York": "纽约",
    "United States of America": "美利坚合众国",
    "Opening and panel": "开幕和专题讨论",
    "Dialogue": "对话",
    "President of the General Assembly": "大会主席",
    "Deputy Secretary-General": "常务副秘书长",
    "Special Adviser on the Prevention of Genocide": "防止灭绝种族罪行问题特别顾问",
    "The two former Special Advisers on the Responsibility to Protect": "两位前任保护责任问题特别顾问",
    "States Members of the United Nations, regional organizations and civil society": "联合国会员国、区域组织和民间社会",
    "Mobilizing collective action: the next decade of the responsibility to protect. Report of the Secretary-General": "动员集体行动：保护责任的下一个十年。秘书长的报告",
    "Implementing the responsibility to protect. Report of the Secretary-General, 2009": "履行保护责任。秘书长的报告，2009年",
    "Correspondents without a valid headquarters pass.": "没有有效总部通行证的记者。",
    "Holders of a valid headquarters press pass.": "持有有效总部记者通行证者。",
    "Write to the media accreditation desk, accreditation@example.int.": "请写信给媒体采访证办公室：accreditation@example.int。",
    "A letter of assignment on headed paper, a press card and a passport.": "印有抬头的派任函、记者证和护照。",
    "Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.": "访客入口，2016年9月2日星期五起，9时至17时。",
    "Press officer, Office of the President of the General Assembly": "大会主席办公室新闻干事",
    "Monday to Friday 9:00 to 18:00 New York": "星期一至星期五9时至18时（纽约）",
    "Media accreditation desk": "媒体采访证办公室",
    "At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to help one another to live up to this. Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report on how to carry the promise out (A/63/677). The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten years and asks how States can act together sooner, and on rules they share. It does not hide what stands in the way: little money for prevention, broken international law, outside parties who make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes next.": """\
在2005年世界首脑会议上，各国元首和政府首脑商定，每个国家都有责任保护本国境内的人民免遭灭绝种族、战争罪、族裔清洗和危害人类罪之害。他们还商定相互帮助履行这一责任。

自2009年以来，大会每年都讨论这一问题，首先讨论的是秘书长关于如何兑现承诺的第一份报告（A/63/677）。

提交本次会议的是第八份报告，也是现任秘书长的最后一份报告。报告回顾了十年历程，并探讨各国如何按照共同规则更早地采取集体行动。

报告没有回避障碍：预防经费不足，国际法遭到破坏，外部各方使局势恶化，安全理事会难以达成一致。各国可通过对话权衡这些问题，并说明下一步该怎么做。""",
}  # fmt: skip
