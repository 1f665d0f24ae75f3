import {registry} from "@web/core/registry";

/** On a tablet: take a basket, tap, undo, say what is missing, finish, hand over. */
registry.category("web_tour.tours").add("panier_preparation", {
    url: "/panier/prepare",
    steps: () => [
        {
            content: "Take the first basket",
            trigger: ".pn_card form button:contains(Prepare)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Soap is first on the walk: all there",
            trigger: ".pn_scan:not([hidden])",
        },
        {
            trigger: ".pn_line:contains(Soap) .pn_line_main",
            run: "click",
        },
        {
            content: "A tap too many is undone",
            trigger: ".pn_line[data-mark=done]:contains(Soap) .pn_undo button",
            run: "click",
        },
        {
            trigger: ".pn_line[data-mark='']:contains(Soap) .pn_line_main",
            run: "click",
        },
        {
            content: "One of three lentils, the shelf is empty",
            trigger: ".pn_line:contains(Lentils) .pn_less_open",
            run: "click",
        },
        {
            trigger: ".pn_line:contains(Lentils) [data-do=more]",
            run: "click",
        },
        {
            trigger: ".pn_line:contains(Lentils) .pn_reasons button:contains(Shelf empty)",
            run: "click",
        },
        {
            trigger: ".pn_line[data-mark=partial]:contains(Lentils):contains(Only 1)",
        },
        {
            content: "Finishing too early shows what is left",
            trigger: ".pn_finish",
            run: "click",
        },
        {
            trigger: "[data-banner=scan]:contains(1 products have not been looked at)",
        },
        {
            trigger: ".pn_line:contains(apples) .pn_line_main",
            run: "click",
        },
        {
            content: "Every tap has reached the server",
            trigger: ".pn_finish[aria-disabled=false]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".pn_summary:contains(1 of 3):contains(Shelf empty)",
        },
        {
            trigger: ".pn_finish_form [data-do=more]",
            run: "click",
        },
        {
            trigger: "#pn_where",
            run: "edit Shelf B",
        },
        {
            trigger: ".pn_finish_form button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".pn_banner_done:contains(is ready)",
        },
        {
            trigger: ".pn_tabs a:contains(Hand-over)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".pn_card:contains(Shelf B) a:contains(Hand over)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".pn_bags:contains(2)",
        },
        {
            trigger: ".pn_hand_over button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".pn_banner_done:contains(Handed over to)",
        },
    ],
});
