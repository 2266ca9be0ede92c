"""How people log in: what allauth is told about accounts, second factors and single sign-on."""
