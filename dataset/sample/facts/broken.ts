interface BrokenPage {
  readonly title: string
  readonly text: string
}

const deep = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth)

/** Pages as people leave them behind: markup that never closes, nests without end, or is not there at all. */
export const brokenPages: Readonly<Record<'ko' | 'en', readonly BrokenPage[]>> = {
  ko: [
    {
      title: '닫히지 않은 틀',
      text: "'''닫히지 않은 틀'''은 {{원소 정보 | 이름 = 수소 | 기호 = H\n끝이 없는 틀 뒤에 오는 글이다. [[수소]]를 다룬다.",
    },
    {
      title: '닫히지 않은 표',
      text: "'''닫히지 않은 표'''는 표가 끝나지 않는 문서이다.\n{| class=\"wikitable\"\n! 이름 !! 값\n|-\n| [[산소]] || 8\n|-\n| [[질소]] || 7",
    },
    {
      title: '닫히지 않은 각주',
      text: "'''닫히지 않은 각주'''는 각주<ref>출처를 적다가 만 문서이다. [[헬륨]]이 여기 나온다.",
    },
    {
      title: '닫히지 않은 주석',
      text: "'''닫히지 않은 주석'''은 앞부분만 보인다. <!-- 여기부터 끝까지 보이지 않는다. [[네온]]",
    },
    {
      title: '닫히지 않은 링크',
      text: "'''닫히지 않은 링크'''는 [[아르곤|아르곤을 가리키다가 끊긴다. [[크립톤]은 괄호가 하나 모자란다.\n[[파일:Cut.jpg|섬네일|[[제논]]의 사진",
    },
    { title: '빈 문서', text: '' },
    {
      title: '틀:이름공간이 틀린 문서',
      text: "'''이름공간이 틀린 문서'''는 제목에 틀: 이 붙었지만 일반 문서로 저장되었다.",
    },
    {
      title: '깊은 틀',
      text: `'''깊은 틀'''은 틀이 아주 깊게 겹친 문서이다. ${deep('{{nowrap|', '가장 안쪽', '}}', 400)} 바깥 글이다.`,
    },
    {
      title: '깊은 표',
      text: `'''깊은 표'''는 표 안에 표가 이어진다.\n${deep('{|\n| ', '안쪽 칸', '\n|}', 60)}\n바깥 글이다.`,
    },
    {
      title: '이상한 문자',
      text: "'''이상한 문자'''는 제어 문자 참조 &#8; &#x200E; &#8203; &#xFFFE; &zwnj; &nosuchentity; &#99999999; &amp;lt; 를 담고 있다. 유니코드\u200e 방향 표시와 \u00a0 줄바꿈 없는 공백, 분해된 한글 \u1112\u1161\u11ab\u1100\u1173\u11af도 있다.",
    },
    { title: '따옴표뿐인 문서', text: `'''''${"'".repeat(300)}굵게도 기울게도 아닌 글${"'".repeat(7)}` },
    {
      title: '섞인 태그',
      text: "'''섞인 태그'''는 <b><i>엇갈린</b></i> 태그와 <nowiki>[[링크 아님]] {{틀 아님}}</nowiki>, <math>\\frac{a}{b} < c</math>, <pre>[[그대로]]</pre>, <br><br/><ref name=\"없음\"/> 를 담는다.",
    },
  ],
  en: [
    {
      title: 'Unclosed template',
      text: "An '''unclosed template''' begins {{Infobox element | name = hydrogen | symbol = H\nand this text follows it. It is about [[hydrogen]].",
    },
    {
      title: 'Unclosed table',
      text: "An '''unclosed table''' never ends.\n{| class=\"wikitable\"\n! Name !! Value\n|-\n| [[Oxygen]] || 8\n|-\n| [[Nitrogen]] || 7",
    },
    {
      title: 'Unclosed reference',
      text: "An '''unclosed reference''' has a note<ref>that somebody began and did not end. [[Helium]] is named here.",
    },
    {
      title: 'Unclosed comment',
      text: "Of an '''unclosed comment''' only the beginning is seen. <!-- From here on nothing shows. [[Neon]]",
    },
    {
      title: 'Unclosed link',
      text: "An '''unclosed link''' points at [[argon|argon and breaks off. [[Krypton] lacks a bracket.\n[[File:Cut.jpg|thumb|A picture of [[xenon]]",
    },
    { title: 'Empty page', text: '' },
    {
      title: 'Template:Page in the wrong namespace',
      text: "A '''page in the wrong namespace''' has a title with a prefix but was saved as an article.",
    },
    {
      title: 'Deep template',
      text: `A '''deep template''' nests very far. ${deep('{{nowrap|', 'innermost', '}}', 400)} The text outside.`,
    },
    {
      title: 'Deep table',
      text: `A '''deep table''' has tables in tables.\n${deep('{|\n| ', 'inner cell', '\n|}', 60)}\nThe text outside.`,
    },
    {
      title: 'Strange characters',
      text: "'''Strange characters''' are &#8; &#x200E; &#8203; &#xFFFE; &zwnj; &nosuchentity; &#99999999; &amp;lt; and the raw marks \u200e and \u00a0, with a decomposed e\u0301.",
    },
    { title: 'Nothing but quotes', text: `'''''${"'".repeat(300)}neither bold nor italic${"'".repeat(7)}` },
    {
      title: 'Mixed tags',
      text: "'''Mixed tags''' are <b><i>crossed</b></i>, <nowiki>[[not a link]] {{not a template}}</nowiki>, <math>\\frac{a}{b} < c</math>, <pre>[[as it is]]</pre>, <br><br/><ref name=\"none\"/> and such.",
    },
  ],
}
