import {patch} from "@web/core/utils/patch";
import {rpc} from "@web/core/network/rpc";
import {patchDynamicContent} from "@web/public/utils";
import {_t} from "@web/core/l10n/translation";
import {Checkout} from "@website_sale/interactions/checkout";

/** The main button waits for a slot that stands. The guard is the model: this only spares a detour. */
patch(Checkout.prototype, {
    setup() {
        super.setup();
        patchDynamicContent(this.dynamicContent, {
            _document: {"t-on-panier_slot_changed": this._onPanierSlotChanged.bind(this)},
        });
        this.panierAddressTitle = this.el.querySelector('[name="delivery_address_title"]');
        this.panierAddressText = this.panierAddressTitle?.textContent;
        this._adaptPanierTitle();
    },

    _onPanierSlotChanged() {
        this._disableMainButton();
        this._enableMainButton();
    },

    _panierContainer() {
        const radio = this.el.querySelector('input[name="o_delivery_radio"]:checked');
        return (
            radio &&
            this._getDeliveryMethodContainer(radio).querySelector('[name="panier_slot_container"]')
        );
    },

    /** Nothing is delivered to an address that is not delivered to. */
    _adaptPanierTitle() {
        if (this.panierAddressTitle) {
            this.panierAddressTitle.textContent = this._panierContainer()
                ? _t("Your contact details")
                : this.panierAddressText;
        }
    },

    /** @override */
    _isDeliveryMethodReady() {
        const container = this._panierContainer();
        const held = !container || container.querySelector(".o_panier_slot_panel[data-held]");
        return super._isDeliveryMethodReady(...arguments) && Boolean(held);
    },

    /** @override */
    _hidePickupLocation() {
        super._hidePickupLocation(...arguments);
        this.el
            .querySelectorAll('[name="panier_slot_container"]')
            .forEach((el) => el.classList.add("d-none"));
    },

    /** @override */
    async _showPickupLocation(radio) {
        this._adaptPanierTitle();
        const container = this._panierContainer();
        if (container && !radio.disabled) {
            container.classList.remove("d-none");
            await this._loadPanierPanel(container);
        }
        return super._showPickupLocation(...arguments);
    },

    /** The panel comes with the page for the method that is chosen already, later for another one. */
    async _loadPanierPanel(container) {
        if (this.panierLoaded || !container.querySelector(".o_panier_slot_panel")) {
            const {html} = await this.waitFor(rpc("/panier/checkout/panel"));
            this.services["public.interactions"].stopInteractions(container);
            container.innerHTML = html;
            this.services["public.interactions"].startInteractions(container);
        }
        this.panierLoaded = true;
        this._onPanierSlotChanged();
    },
});
