extension ReportPage {
    /// Light and dark as the reader's system is, and black on white on paper.
    static let style: HTML = """

        :root { color-scheme: light dark; --ink: #1c1f23; --soft: #5b626b; --line: #d9dde2; --paper: #fff;
          --one: #1769aa; --two: #c2571a; --three: #4a7c2c; --four: #7a4fa3; --fill: #e9f0f6; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --soft: #a2a9b2; --line: #3a4048;
          --paper: #16191d; --one: #6fb3e8; --two: #f0a06a; --three: #9ccc7a; --four: #c3a3e8; --fill: #24303b; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
        h1 { margin: 0; font-size: 1.9rem; overflow-wrap: anywhere; }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
        h3 { margin: 1.5rem 0 .5rem; font-size: 1rem; }
        p, li, h3, h4 { overflow-wrap: anywhere; }
        h4 { margin: 0 0 .3rem; font-size: .85rem; color: var(--soft); font-weight: 600; }
        .lead { font-size: 1.15rem; margin: .25rem 0 1rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
        dt { color: var(--soft); }
        dd { margin: 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; }
        th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line);
          vertical-align: top; overflow-wrap: anywhere; }
        th { overflow-wrap: normal; }
        thead th { color: var(--soft); font-weight: 600; }
        tbody th { font-weight: 400; }
        .wide { overflow-x: auto; }
        .wide td { overflow-wrap: break-word; }
        .when, .measure { white-space: nowrap; }
        .number { text-align: right; padding-right: 1rem; white-space: nowrap; overflow-wrap: normal; }
        small { color: var(--soft); }
        pre { margin: 0 0 .5rem; padding: .6rem .75rem; background: var(--fill); border-radius: 4px;
          white-space: pre-wrap; overflow-wrap: anywhere; font: .85rem/1.45 ui-monospace, monospace; }
        .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1.25rem; }
        .pair > div { min-width: 0; overflow-x: auto; }
        @media (max-width: 40rem) { .pair { grid-template-columns: 1fr; } }
        .result { font-size: .82rem; width: auto; max-width: 100%; }
        .result th, .result td { overflow-wrap: break-word; }
        .bar { display: inline-block; width: 6rem; height: .6rem; background: var(--fill); vertical-align: baseline;
          print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        .bar span { display: block; height: 100%; background: var(--one); }
        figure { margin: 0 0 1.25rem; }
        figcaption { font-weight: 600; margin-bottom: .25rem; }
        svg { width: 100%; height: auto; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .mark { fill: var(--soft); font-size: 11px; }
        .curve { fill: none; stroke-width: 1.75; stroke: var(--one); }
        .curve.k1 { stroke: var(--two); } .curve.k2 { stroke: var(--three); } .curve.k3 { stroke: var(--four); }
        .key { font-weight: 400; margin-left: .75rem; color: var(--one); }
        .key.k1 { color: var(--two); } .key.k2 { color: var(--three); } .key.k3 { color: var(--four); }
        @media print {
          :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --one: #1769aa; --two: #c2571a;
            --three: #4a7c2c; --four: #7a4fa3; --fill: #e9f0f6; font-size: 12px; }
          body { font-size: 12px; line-height: 1.35; }
          main { max-width: none; padding: 0; }
          h2, h3, h4, thead, figcaption { break-after: avoid; }
          h2 + *, h3 + * { break-before: avoid; }
          article, figure, tr, pre { break-inside: avoid; }
          h2 { margin-top: 1.5rem; }
          th, td { padding-top: .1rem; padding-bottom: .1rem; }
          figure { width: 80%; margin-bottom: .5rem; }
          .pair > div, .wide { overflow: visible; }
          .result { font-size: .75rem; }
        }

        """
}
