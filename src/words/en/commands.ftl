# What commands ask and show by themselves.
