"""What template mistakes are told with."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    # Syntax.
    "syntax": Entry(
        zh="模板的写法有误（{name}）；请检查这一行的 {{{{ … }}}} 和 {{% … %}} 是否完整",
        en="the template cannot be read ({name}); check that every {{{{ … }}}} and {{% … %}} on this line is complete",
    ),
    "unclosed-braces": Entry(
        zh="“{{{{”或“{{%”没有结束；请补上“}}}}”或“%}}”",
        en="a `{{{{` or `{{%` is not closed; add `}}}}` or `%}}`",
    ),
    "unclosed-if": Entry(
        zh="“{{% if … %}}”没有结束；请在它的末尾写上“{{% endif %}}”",
        en="an `{{% if … %}}` is not closed; write `{{% endif %}}` where it ends",
    ),
    "unclosed-comment": Entry(
        zh="注释“{{#”没有结束；请补上“#}}”", en="a comment `{{#` is not closed; add `#}}`"
    ),
    "tag-without-if": Entry(
        zh="“{{% {name} %}}”前面没有对应的“{{% if … %}}”；请补上，或删掉这一句",
        en="there is no `{{% if … %}}` before `{{% {name} %}}`; add it, or delete this one",
    ),
    "unknown-tag": Entry(
        zh="模板不认识“{{% {name} %}}”；这里只能写 if、elif、else、endif",
        en="templates do not know `{{% {name} %}}`; only if, elif, else and endif may stand there",
    ),
    "unexpected-character": Entry(
        zh="模板里不能出现“{name}”；引号请用英文的单引号 ' ，“并且”“或者”“不是”写作 and、or、not",
        en="`{name}` cannot stand in a template; quotes are plain ', and conditions are joined by and, or, not",
    ),
    "single-equals": Entry(
        zh="一个等号“=”不是比较；判断是否相等请写“==”",
        en="a single `=` does not compare; write `==`",
    ),
    "else-if": Entry(zh="“else if”要连写成“elif”", en="`else if` is written `elif`"),
    # Constructs that are not allowed.
    "forbidden-loop": Entry(
        zh="模板里不能写循环（for）；请直接写出要显示的内容",
        en="templates have no loops (for); write out what is to be shown",
    ),
    "forbidden-arithmetic": Entry(
        zh="模板里不能做计算（+ - * / %）；请直接写出结果，几段文字只要挨着写就会连在一起",
        en="templates do not calculate (+ - * / %); write the result itself, and put texts side by side to join them",
    ),
    "forbidden-concatenation": Entry(
        zh="模板里不能用“~”连接；把两个 {{{{ … }}}} 挨着写就行",
        en="templates do not join with `~`; write two {{{{ … }}}} side by side",
    ),
    "forbidden-call": Entry(
        zh="模板里不能调用函数，如 text.upper()；请改用过滤器，如 text | upper",
        en="templates call no functions, as text.upper(); use a filter, as text | upper",
    ),
    "forbidden-macro": Entry(
        zh="模板里不能定义宏（macro、call）；请把内容直接写出来，或另写一个 template",
        en="templates have no macros (macro, call); write the text out, or declare another template",
    ),
    "forbidden-set": Entry(
        zh="模板里不能定义变量（set、with）；请直接使用已有的名字",
        en="templates have no variables of their own (set, with); use the given names",
    ),
    "forbidden-include": Entry(
        zh="模板里不能引用别的文件（include、import、extends、block）；请把内容写进这一个模板",
        en="templates cannot use other files (include, import, extends, block); write the text into this one",
    ),
    "forbidden-test": Entry(
        zh="模板里不能写“is …”；请用 == 比较，或直接写 {{% if quoted %}} 判断有没有内容",
        en="templates have no `is …`; compare with ==, or write {{% if quoted %}} to ask whether there is anything",
    ),
    "forbidden-item": Entry(
        zh="模板里不能用方括号取值；请用点，如 match.ticket，截短文字用 text | truncate(20)",
        en="templates take nothing out with brackets; use a dot, as match.ticket, or text | truncate(20) to shorten",
    ),
    "forbidden-filter-block": Entry(
        zh="模板里不能写“{{% filter … %}}”；请在名字后面写过滤器，如 text | upper",
        en="templates have no `{{% filter … %}}`; write the filter after the name, as text | upper",
    ),
    "forbidden-autoescape": Entry(
        zh="模板里不能写“{{% autoescape %}}”；有特殊含义的符号会自动处理好",
        en="templates have no `{{% autoescape %}}`; what needs escaping is escaped",
    ),
    "forbidden-collection": Entry(
        zh="列表只能写在 in 后面，而且里面只能是写好的文字，如 type in ['text', 'richText']",
        en="a list may only stand after in, and holds only constants, as type in ['text', 'richText']",
    ),
    "forbidden-raw": Entry(
        zh="模板里不能写“{{% raw %}}”；要显示花括号，请写 {{{{ '{{{{' }}}}",
        en="templates have no `{{% raw %}}`; to show braces write {{{{ '{{{{' }}}}",
    ),
    "forbidden-constant": Entry(
        zh="模板里只能写文字、数字和 true、false；“没有内容”写作 ''",
        en="only texts, numbers, true and false may be written in templates; nothing is ''",
    ),
    "forbidden-other": Entry(
        zh="模板里不能这样写；只能用已有的名字、if、比较、and、or、not、in 和六个过滤器",
        en="this cannot stand in a template; there are names, if, comparisons, and, or, not, in and six filters",
    ),
    # Names.
    "did-you-mean": Entry(zh="；是不是想写“{name}”？", en="; did you mean `{name}`?"),
    "undefined-name": Entry(
        zh="模板里没有“{name}”这个名字{hint}", en="templates know no name `{name}`{hint}"
    ),
    "unknown-attribute": Entry(zh="模板里没有“{name}”{hint}", en="templates know no `{name}`{hint}"),
    "needs-attribute": Entry(
        zh="“{name}”不能单独使用，后面要用点写明要哪一项{hint}",
        en="`{name}` cannot stand alone: say with a dot which part is wanted{hint}",
    ),
    "unknown-group": Entry(
        zh="规则的表达式里没有名为“{name}”的分组，所以没有 match.{name}{hint}",
        en="no expression of the rule has a group `{name}`, so there is no match.{name}{hint}",
    ),
    "failure-outside-else": Entry(
        zh="“{name}”只在 else 步骤里才有内容，这里不能用",
        en="`{name}` is known in else steps only and cannot be used here",
    ),
    # Filters and comparisons.
    "unknown-filter": Entry(
        zh="没有“{name}”这个过滤器，可用的有 default、upper、lower、trim、truncate、replace{hint}",
        en="there is no filter `{name}`; there are default, upper, lower, trim, truncate and replace{hint}",
    ),
    "filter-arguments-default": Entry(
        zh="{name} 的写法是 default('没有内容时显示的文字')",
        en="{name} is written default('what to show when there is nothing')",
    ),
    "filter-arguments-upper": Entry(
        zh="{name} 后面不带括号里的内容", en="{name} takes nothing in parentheses"
    ),
    "filter-arguments-lower": Entry(
        zh="{name} 后面不带括号里的内容", en="{name} takes nothing in parentheses"
    ),
    "filter-arguments-trim": Entry(
        zh="{name} 的写法是 trim，或 trim('要去掉的字符')",
        en="{name} is written trim, or trim('characters to take away')",
    ),
    "filter-arguments-truncate": Entry(
        zh="{name} 的写法是 truncate(20)，数字是要保留的字数，不能小于结尾省略号的长度（'...' 是 3）",
        en="{name} is written truncate(20): how many characters to keep, not fewer than its closing '...' has",
    ),
    "filter-arguments-replace": Entry(
        zh="{name} 的写法是 replace('旧文字', '新文字')，旧文字不能为空",
        en="{name} is written replace('old', 'new'), and the old text is not empty",
    ),
    "comparison": Entry(
        zh="文字不能和数字或 true、false 比较；数字请加上引号，如 match.n == '42'",
        en="a text cannot be compared with a number, true or false; put quotes around it, as match.n == '42'",
    ),
    "number-comparison": Entry(
        zh="{name} 是数字，只能和数字比较，不加引号，如 {name} > 1",
        en="`{name}` is a number and is compared with numbers, without quotes, as {name} > 1",
    ),
    # The whole template.
    "too-deep": Entry(
        zh="模板套得太深；请拆成几个更简单的模板",
        en="the template is nested too deeply; divide it into simpler ones",
    ),
    "too-long": Entry(
        zh="模板里的文字超过 20000 个字符，发不出去；请缩短",
        en="the template holds more than 20,000 characters and can never be sent; shorten it",
    ),
    "empty": Entry(
        zh="模板里没有任何内容，发不出消息；请写上要发送的文字",
        en="the template is empty and can never be sent; write what is to be said",
    ),
    # While rendering.
    "empty-message": Entry(
        zh="模板没有生成任何文字（空消息）", en="the template gave nothing (empty message)"
    ),
    "output-too-long": Entry(
        zh="模板生成的文字超过 {limit} 个字符", en="the template gave more than {limit} characters"
    ),
    "missing-value": Entry(
        zh="模板要用的“{name}”没有值", en="the template needs `{name}`, which has no value"
    ),
    "unsound": Entry(zh="模板不能使用：{problem}", en="the template cannot be used: {problem}"),
    "failed": Entry(
        zh="模板在这条消息上没能生成文字（{reason}）", en="the template failed on this message ({reason})"
    ),
}
